"""Search engines behind one protocol (ports.SearchEngine): memory is the reference, Whoosh the embedded default."""
