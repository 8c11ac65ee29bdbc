"""docs/schemas/ as validators of the protocol's messages."""

import json
import pathlib

try:
    import jsonschema
except ImportError:  # the tests that need it say so
    jsonschema = None

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "schemas"
PROTOCOL = FOLDER / "accord-protocol-1.schema.json"
ANSWER = FOLDER / "accord-answer-1.schema.json"


class Schemas:
    def __init__(self):
        self.protocol = json.loads(PROTOCOL.read_text(encoding="utf-8"))
        self.answer = json.loads(ANSWER.read_text(encoding="utf-8"))
        self.methods = self.protocol["x-methods"]
        self.notifications = self.protocol["x-notifications"]
        self._validators = {}

    def fault(self, value, definition):
        """None: the value is of the type `definition` of $defs. Else what is wrong with it."""
        if definition not in self._validators:
            resolver = jsonschema.RefResolver.from_schema(
                self.protocol, store={schema["$id"]: schema
                                      for schema in (self.protocol, self.answer)})
            self._validators[definition] = jsonschema.Draft202012Validator(
                {"$ref": f"#/$defs/{definition}"}, resolver=resolver)
        error = jsonschema.exceptions.best_match(self._validators[definition].iter_errors(value))
        if error is None:
            return None
        return f"{definition}: at /{'/'.join(map(str, error.absolute_path))}: {error.message[:500]}"

    def fault_of_answer(self, message, method):
        """Of a message that the engine wrote; `method`: of the request that it answers."""
        if "method" in message:
            known = self.notifications.get(message["method"])
            if known is None:
                return f"no notification {message['method']!r} is known"
            return self.fault(message, "notification") or self.fault(message["params"],
                                                                     known["params"])
        if "error" in message:
            return self.fault(message, "failure")
        found = self.fault(message, "success")
        if found or method not in self.methods:
            return found or f"a result of {method!r}, which the schema does not know"
        return self.fault(message["result"], self.methods[method]["result"])

    def fault_of_request(self, message):
        """Of a request that the engine answered with a result."""
        return (self.fault(message, "request") or
                self.fault(message.get("params", {}), self.methods[message["method"]]["params"]))
