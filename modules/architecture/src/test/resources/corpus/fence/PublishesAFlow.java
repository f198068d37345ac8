// expect: java.util.concurrent.SubmissionPublisher: threads are the runtime's
package showfloor.evil;

final class PublishesAFlow {
  Object flow = new java.util.concurrent.SubmissionPublisher<String>();
}
