#include "tests/conformance/vectors.h"
namespace accord::conformance {
void AddPypiRequirementChecks(Checks&) {}
}  // namespace accord::conformance
