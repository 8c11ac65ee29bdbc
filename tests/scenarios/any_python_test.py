"""`--python any` is the answer for the first Python that has one when each is asked alone.

Real requests on the corpus that ships; equal means the same digest, the same target, and the
conflicts of the Pythons that were passed over.

Usage: any_python_test.py ACCORD CORPUS
"""

import json
import subprocess
import sys
import unittest

PYTHONS = ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7"]
REQUESTS = [
    ["flask>=2.2", "requests"],
    ["awscli<1.20", "urllib3<1.25"],
    ["jupyterlab<3"],
    ["notebook<6.2"],
    ["sphinx<5", "docutils<0.17"],
    ["pandas<1.1"],
    ["scikit-learn<1.1", "--constraint", "numpy<1.24"],
    ["typed-ast"],
    ["celery[redis]", "kombu<5", "--python-bounds", "ignore"],
    ["boto3", "urllib3<1.25.4", "--implementation", "pypy"],
    ["flask>=2.2", "click<8"],
    ["pyzmq", "--platform", "windows"],
]


class AnyPython(unittest.TestCase):
    maxDiff = None

    def ask(self, request, python):
        words = [ACCORD, "resolve", "--corpus", CORPUS, "--json", "--python", python, *request]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return json.loads(done.stdout)

    def pythons_of(self, request):
        return PYTHONS[3:] if "pypy" in request else PYTHONS

    def test_it_is_the_first_that_has_a_solution_when_each_is_asked_alone(self):
        passed_over, unsatisfiable = 0, 0
        for request in REQUESTS:
            with self.subTest(request):
                tried = []
                for python in self.pythons_of(request):
                    alone = self.ask(request, python)
                    if alone["status"] == "sat":
                        break
                    tried.append({"python": python, "conflict": alone["conflict"]})
                else:
                    alone = self.ask(request, self.pythons_of(request)[0])
                    unsatisfiable += 1
                answer = self.ask(request, "any")
                for part in ("digest", "target", "environment", "status", "policies"):
                    self.assertEqual(answer[part], alone[part])
                self.assertEqual(answer["pythonsTried"], tried)
                passed_over += answer["status"] == "sat" and len(tried) > 0
        self.assertGreaterEqual(passed_over, 5)
        self.assertGreaterEqual(unsatisfiable, 1)


if __name__ == "__main__":
    ACCORD, CORPUS = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
