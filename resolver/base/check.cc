#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace accord {

void CheckFailed(const char* file, int line, const char* condition) {
  std::fprintf(stderr, "accord: our bug: %s:%d: broken contract: %s\n", file, line, condition);
  std::fflush(stderr);
#ifdef NDEBUG
  std::_Exit(70);
#else
  std::abort();  // keeps the stack for a debugger or a sanitizer
#endif
}

}  // namespace accord
