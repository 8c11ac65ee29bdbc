#include "protocol/progress.h"

#include <utility>

#include "base/error.h"
#include "protocol/message.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

constexpr auto kBetween = std::chrono::milliseconds(100);

}  // namespace

Progress::Progress(json token, Outlet& outlet)
    : token_(std::move(token)), outlet_(outlet), next_(Clock::now() + kBetween) {}

std::variant<std::shared_ptr<Progress>, Fault> Progress::Of(const JsonNode& params,
                                                            Outlet& outlet) {
  const JsonNode* const token = params.Find("progressToken");
  if (token == nullptr || token->kind == JsonNode::Kind::kNull) return nullptr;
  const CallId written = IdOf(*token);
  if (written.empty()) {
    return Fault{.kind = FaultKind::kInvalidParams,
                 .path = "/progressToken",
                 .detail = Cat(kWhatIdsAre, " is wanted")};
  }
  return std::shared_ptr<Progress>(new Progress(json::parse(written), outlet));
}

void Progress::Did(const SearchSteps& more) {
  done_.work += more.work;
  done_.packages += more.packages;
  done_.decisions += more.decisions;
  done_.conflicts += more.conflicts;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kBetween;
  outlet_.Notify(OutputKind::kProgress, "$/progress",
                 {{"token", token_},
                  {"work", done_.work},
                  {"packages", done_.packages},
                  {"decisions", done_.decisions},
                  {"conflicts", done_.conflicts}});
}

}  // namespace accord::protocol
