#include "protocol/replay.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

// Of a result, where it has them; a pointer that leads nowhere is null.
constexpr const char* kCompared[] = {
    "/error/data/kind", "/result/universe",     "/result/solve",         "/result/revision",
    "/result/status",   "/result/digest",       "/result/before/status", "/result/before/digest",
    "/result/valid",    "/result/after/status", "/result/after/digest",  "/result/changes",
    "/result/order",    "/result/matches",      "/result/normal",        "/result/wants"};

json At(const json& message, const char* pointer) {
  return message.value(json::json_pointer(pointer), json());
}

// As JSON; empty: it has none, or none that can be answered.
std::string MessageId(const json& message) {
  if (!message.is_object() || !message.contains("id") || message["id"].is_null()) return {};
  return message["id"].dump();
}

bool HangsOnTime(const json& message) {
  return At(message, "/error/data/kind") == "cancelled" ||
         At(message, "/result/reason") == "cancelled" ||
         At(message, "/result/answer/reason") == "cancelled";
}

// Answers as they come, from any thread.
class Answers {
 public:
  void Add(std::string_view frame) {
    json message = json::parse(frame);
    const std::lock_guard lock(mutex_);
    by_id_[MessageId(message)].push_back(std::move(message));
    changed_.notify_all();
  }
  // The next one of an id, which will come.
  json Wait(const std::string& id) {
    std::unique_lock lock(mutex_);
    std::deque<json>& of_id = by_id_[id];
    changed_.wait(lock, [&] { return !of_id.empty(); });
    json message = std::move(of_id.front());
    of_id.pop_front();
    return message;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::deque<json>> by_id_;
};

void Compare(const TranscriptLine& line, const json& wanted, const json& found,
             Replayed& replayed) {
  if (HangsOnTime(wanted) || HangsOnTime(found)) {
    ++replayed.timed;
    return;
  }
  ++replayed.answers;
  for (const char* const pointer : kCompared) {
    const json before = At(wanted, pointer);
    const json now = At(found, pointer);
    if (before == now) continue;
    replayed.differences.push_back(Cat("line ", line.number, ": ", pointer, ": ", before.dump(),
                                       " is wanted, found ", now.dump()));
  }
}

}  // namespace

Replayed Replay(std::span<const TranscriptLine> lines, const SessionOptions& options) {
  Replayed replayed;
  Answers answers;
  std::map<std::string, size_t> owed;  // by id
  Session session(
      options,
      [&](const std::string& frame, OutputKind) {
        answers.Add(frame);
        return size_t{0};
      },
      [] {});
  for (const TranscriptLine& line : lines) {
    if (!line.is_answer) {
      ++owed[MessageId(json::parse(line.text, nullptr, /*allow_exceptions=*/false))];
      session.Take(line.text);
      continue;
    }
    const json wanted = json::parse(line.text);
    const std::string id = MessageId(wanted);
    if (id.empty()) continue;
    if (owed[id] == 0) {
      replayed.differences.push_back(
          Cat("line ", line.number, ": no request of id ", id, " stands before its answer"));
      continue;
    }
    --owed[id];
    // Whoever ended it then, the end of the input perhaps, does not come now.
    if (HangsOnTime(wanted)) {
      session.Take(NotificationFrame("$/cancelRequest", {{"id", wanted["id"]}}));
    }
    Compare(line, wanted, answers.Wait(id), replayed);
  }
  return replayed;
}

}  // namespace accord::protocol
