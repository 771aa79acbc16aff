"""JSON documents to objects, whatever shape and state they are in."""
