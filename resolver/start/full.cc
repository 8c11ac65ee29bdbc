// accord-full has all parts: there is nothing to prepare.
#include "start/parts.h"

namespace accord::start {

void Begin(char** /*words*/) {}

}  // namespace accord::start
