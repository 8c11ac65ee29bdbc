#include "cli/reply.h"

#include "base/error.h"
#include "cli/files.h"

namespace accord::cli {

absl::StatusOr<Reply> Delivered(Reply reply, const std::string& output) {
  if (output.empty()) return reply;
  ACCORD_RETURN_IF_ERROR(WriteWhole(output, reply.text));
  reply.text.clear();
  return reply;
}

}  // namespace accord::cli
