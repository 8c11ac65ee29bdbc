#include "protocol/claimed_stdout.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace accord::protocol {

absl::StatusOr<int> ClaimStdout() {
  const int claimed = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (claimed < 0) {
    return InvalidInput("stdout", Cat("the protocol is written there, ", strerror(errno)));
  }
  if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    const int error = errno;
    close(claimed);
    return InvalidInput("stderr", Cat("all that is no protocol goes there, ", strerror(error)));
  }
  return claimed;
}

}  // namespace accord::protocol
