/// Photos and recordings of dealers: sent, kept, read, and linked to.
@org.jspecify.annotations.NullMarked
module showfloor.uploads {
  exports showfloor.uploads;

  requires static transitive org.jspecify;
  requires transitive showfloor.dbapi; // UploadsDomain is made with the Database
  requires transitive showfloor.dealers; // a file belongs to a dealer; captures bring photos
  requires transitive showfloor.httpapi; // UploadsDomain is a Domain
  requires java.desktop; // decodes pictures for thumbnails
}
