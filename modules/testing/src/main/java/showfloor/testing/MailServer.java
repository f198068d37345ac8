package showfloor.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A mail server on a free port of this machine that takes what comes, or refuses or falls silent
/// at a step of choice. Thread-safe.
public final class MailServer implements AutoCloseable {
  /// An answer that never comes.
  public static final String SILENCE = "";

  private final ServerSocket socket;
  private final Map<String, String> answers;
  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<Socket> clients = Collections.synchronizedList(new ArrayList<>());

  /// @param answers by the first word of a command; `CONNECT` and `.` are such, too
  public MailServer(Map<String, String> answers) {
    this.answers = answers;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// Where it listens.
  public int port() {
    return socket.getLocalPort();
  }

  /// Every command so far.
  public List<String> heard() {
    return List.copyOf(heard);
  }

  /// Every message that came whole, whatever it answered.
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /// How many clients have come so far.
  public int connections() {
    return clients.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      heard.add("END");
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = client.getOutputStream();
      answer(out, "CONNECT", "220 ready");
      StringBuilder message = new StringBuilder();
      boolean inMessage = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (inMessage && !line.equals(".")) {
          message.append(line).append('\n');
          continue;
        }
        String word = line.split("[ :]", 2)[0];
        heard.add(line);
        if (inMessage) {
          messages.add(message.toString());
        }
        inMessage = word.equals("DATA") && !answers.containsKey("DATA");
        message.setLength(0);
        answer(out, word, inMessage ? "354 go on" : "250 fine");
      }
    } catch (IOException gone) {
      heard.add("GONE");
    }
  }

  private void answer(OutputStream out, String word, String usual) throws IOException {
    String answer = answers.getOrDefault(word, usual);
    if (!answer.equals(SILENCE)) {
      out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : List.copyOf(clients)) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
