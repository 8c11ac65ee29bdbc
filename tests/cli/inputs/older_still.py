# /// script
# requires-python = "<3"
# dependencies = ["app"]
# ///
