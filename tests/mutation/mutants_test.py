"""What the operators make of small texts, and what they leave alone."""

import unittest

import mutants


def texts(source):
    return [mutant.apply(source) for mutant in mutants.mutants_of(source)]


class Operators(unittest.TestCase):
    def test_relations_logic_and_constants_are_changed_one_at_a_time(self):
        self.assertEqual(texts("  return a < 1 && b;\n"),
                         ["  return a <= 1 && b;\n", "  return a < 1 || b;\n"])
        self.assertEqual(texts("  return true;\n"), ["  return false;\n"])
        self.assertEqual(texts("  return end - 1;\n"), ["  return end;\n", "  return end + 1;\n",
                                                       "  return end - 0;\n"])

    def test_a_condition_is_negated_with_its_literals(self):
        self.assertEqual(texts('  if (Is("x", \'y\')) {\n'), ['  if (!(Is("x", \'y\'))) {\n'])
        self.assertEqual(texts("  if (a) return b;\n"), ["  if (!(a)) return b;\n"])

    def test_a_statement_is_removed_and_its_line_stays(self):
        self.assertEqual(texts("  Take(a);\n"), ["  ;\n"])
        self.assertEqual(texts("  level_[v] = now;\n"), ["  ;\n"])
        self.assertEqual(texts("  const auto a = Make();\n"), [])

    def test_literals_comments_contracts_and_templates_are_left_alone(self):
        for source in ('  Say("a < b");\n// a < b\n', "  ACCORD_CHECK(a == b);\n", "#if a < b\n",
                       "  std::vector<int> list;\n", "  list.reserve(1);\n"):
            self.assertEqual([t for t in texts(source) if "<=" in t or "!=" in t], [], source)
        self.assertEqual(texts("  list.reserve(n);\n"), [])

    def test_places_are_those_of_the_text(self):
        source = '  // "\n  Say("(");\n  a(b == c);\n'
        places = {(mutant.kind, mutant.line(source)) for mutant in mutants.mutants_of(source)}
        self.assertEqual(places, {("removal", 2), ("relation", 3), ("removal", 3)})


if __name__ == "__main__":
    unittest.main()
