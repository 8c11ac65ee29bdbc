// accord-full has all parts: there is nothing to prepare, and nothing to hurry for.
#include "start/parts.h"

namespace accord::start {

void Begin(char** /*words*/) {}

int End(int status) { return status; }

}  // namespace accord::start
