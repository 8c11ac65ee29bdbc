// Contracts: what must hold unless we made a mistake. A broken one prints place and condition on
// stderr and ends the process with status 70 ("our bug"). Never used for what the world may do.
#pragma once

namespace accord {

[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);

}  // namespace accord

#define ACCORD_CHECK(condition)                              \
  do {                                                       \
    if (!(condition)) [[unlikely]]                           \
      ::accord::CheckFailed(__FILE__, __LINE__, #condition); \
  } while (false)

// In hot loops: checked in builds without NDEBUG only.
#ifdef NDEBUG
#define ACCORD_DCHECK(condition) \
  do {                           \
  } while (false)
#else
#define ACCORD_DCHECK(condition) ACCORD_CHECK(condition)
#endif
