"""The embedded default: arrays in a Whoosh index, through a codec of ours."""
