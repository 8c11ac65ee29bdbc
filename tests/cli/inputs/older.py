# /// script
# requires-python = ">=3.8,<3.12"
# dependencies = ["app"]
# ///
