# /// script
# requires-python = ">=3.8"
# dependencies = [
#   "app",
# ]
# ///
print("what the script does is not looked at")
