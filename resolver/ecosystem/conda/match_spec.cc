// Whether a record is meant, and the canonical text. Parsing is match_spec_parse.cc.
#include "ecosystem/conda/match_spec.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/conda/brackets.h"
#include "ecosystem/conda/condition.h"
#include "ecosystem/conda/positional.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

bool Fits(const std::optional<TextMatch>& match, std::string_view text) {
  return !match || match->kind() == TextMatch::Kind::kAll ||
         (!text.empty() && match->Matches(text));
}

// Whether the record has just these words, in any order.
bool SameWords(const std::optional<std::vector<std::string>>& words,
               std::span<const std::string_view> has) {
  if (!words) return true;
  return words->size() == has.size() &&
         std::all_of(has.begin(), has.end(), [&](std::string_view word) {
           return std::any_of(words->begin(), words->end(), [&](const std::string& wanted) {
             return EqualIgnoringCase(word, wanted);
           });
         });
}

bool HasFlag(const TextMatch& flag, std::span<const std::string_view> flags) {
  return std::any_of(flags.begin(), flags.end(),
                     [&](std::string_view has) { return flag.Matches(has); });
}

bool IsSet(const std::optional<TextMatch>& match) {
  return match && match->kind() != TextMatch::Kind::kAll;
}

std::string Joined(const std::vector<std::string>& words, std::string_view joint) {
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : joint).append(word);
  return out;
}

// Puts a specifier's parts together: what stands before the brackets, and what stands in them.
class Writer {
 public:
  explicit Writer(const MatchSpec& spec) : spec_(spec) {}

  std::string Run() {
    Channel();
    head_ += spec_.name.Canonical();
    const bool exact = Version();
    Build(exact);
    Others();
    if (!entries_.empty()) head_ += Cat("[", Joined(entries_, ","), "]");
    return head_;
  }

 private:
  void Entry(std::string_view key, std::string_view value, std::string_view others = "") {
    entries_.push_back(Cat(key, "=", QuotedValue(value, others)));
  }

  // Appendix A, 4 and 5.
  void Channel() {
    const bool is_set = spec_.channel_match && IsSet(spec_.channel_match);
    const bool is_exact = is_set && spec_.channel_match->kind() == TextMatch::Kind::kExact &&
                          spec_.channel_name.find_first_of("[]^#") == std::string::npos;
    if (is_exact) head_ = spec_.channel_name;
    if (is_set && !is_exact) Entry("channel", spec_.channel_name);
    if (IsSet(spec_.subdir)) {
      // One that nobody knows would be read as a part of the channel's name.
      if (is_exact && IsKnownSubdir(spec_.subdir->Canonical())) {
        head_ += Cat("/", spec_.subdir->Canonical());
      } else {
        Entry("subdir", spec_.subdir->Canonical());
      }
    }
    if (!head_.empty()) head_ += "::";
  }

  // Appendix A, 2; whether the version is exact.
  bool Version() {
    if (!spec_.version || spec_.version->admits_all()) return false;
    const VersionClause* single = spec_.version->single();
    const VersionOperator op = single != nullptr ? single->op() : VersionOperator::kText;
    if (op == VersionOperator::kEqual || op == VersionOperator::kFuzzy) {
      head_ += single->Canonical();
      return op == VersionOperator::kEqual;
    }
    const bool is_conda = spec_.dialect == Dialect::kConda;
    const std::string text = is_conda ? spec_.version->Text() : spec_.version->Canonical();
    if (is_conda && !IsSet(spec_.build) && (text.starts_with("!=") || text.starts_with("~=")) &&
        single != nullptr) {
      head_ += text;  // conda's way
    } else {
      entries_.push_back(Cat("version=", QuotedValue(text, text)));
    }
    return false;
  }

  // Appendix A, 3.
  void Build(bool exact_version) {
    if (!IsSet(spec_.build)) return;
    if (exact_version && spec_.build->kind() == TextMatch::Kind::kExact &&
        IsBuildText(spec_.build->Text())) {
      head_ += Cat("=", spec_.build->Canonical());
    } else {
      Entry(
          "build",
          spec_.build->Text() == spec_.build->Canonical() ? spec_.build->Canonical() : BuildText(),
          "><$^|");
    }
  }

  // libmamba's regular expressions are written as they were.
  [[nodiscard]] std::string BuildText() const {
    return spec_.build->kind() == TextMatch::Kind::kRegex ? spec_.build->Text()
                                                          : spec_.build->Canonical();
  }

  // Hashes and addresses as they are, where conda leaves them; others in lower case (Appendix A,
  // 8).
  void Others() {
    if (spec_.build_number) Number("build_number", *spec_.build_number);
    Words("track_features", spec_.track_features);
    Words("features", spec_.features);
    if (!spec_.is_file && spec_.url) Entry("url", spec_.url->Text());
    Hash("md5", spec_.md5);
    Hash("sha256", spec_.sha256);
    if (IsSet(spec_.license)) Entry("license", spec_.license->Canonical());
    if (IsSet(spec_.license_family)) Entry("license_family", spec_.license_family->Canonical());
    if (IsSet(spec_.fn) && !spec_.url) Entry("fn", spec_.fn->Text());
    if (spec_.timestamp) Number("timestamp", *spec_.timestamp);
    std::vector<std::string> flags;
    for (const TextMatch& flag : spec_.flags) flags.push_back(flag.Canonical());
    List("flags", flags);
    List("extras", spec_.extras);
    if (spec_.when != nullptr) {
      const std::string condition = spec_.when->Canonical();
      entries_.push_back(Cat("when=", QuotedValue(condition, condition)));
    }
  }

  void Number(std::string_view key, const BuildNumberSpec& number) {
    const std::string text = number.Canonical();
    if (text != "*") Entry(key, text);
  }
  void Hash(std::string_view key, const std::optional<TextMatch>& hash) {
    if (!IsSet(hash)) return;
    Entry(key, spec_.dialect == Dialect::kConda ? hash->Text() : hash->Canonical());
  }
  void Words(std::string_view key, const std::optional<std::vector<std::string>>& words) {
    if (words) Entry(key, Joined(*words, " "));
  }
  void List(std::string_view key, const std::vector<std::string>& items) {
    if (items.empty()) return;
    std::vector<std::string> quoted;
    for (const std::string& item : items) quoted.push_back(QuotedValue(item, item));
    entries_.push_back(Cat(key, "=[", Joined(quoted, ","), "]"));
  }

  const MatchSpec& spec_;
  std::string head_;
  std::vector<std::string> entries_;
};

std::string_view TextOf(const std::optional<TextMatch>& match) {
  return match ? std::string_view(match->Text()) : std::string_view();
}

}  // namespace

bool MatchSpec::Matches(const MatchedRecord& record) const {
  if (!name.Matches(record.name)) return false;
  if (version && !version->admits_all() &&
      (record.version == nullptr || !version->Matches(*record.version))) {
    return false;
  }
  if (!Fits(build, record.build) || !Fits(subdir, record.subdir)) return false;
  if (build_number && !build_number->Matches(record.build_number)) return false;
  if (!Fits(channel_match, record.channel)) return false;
  // Where an address is asked for, it says the file's name too.
  if (!(url && !is_file ? Fits(url, record.url) : Fits(fn, record.fn))) return false;
  return Fits(md5, record.md5) && Fits(sha256, record.sha256) && Fits(license, record.license) &&
         Fits(license_family, record.license_family) &&
         (!timestamp || timestamp->Matches(record.timestamp)) &&
         SameWords(track_features, record.track_features) && SameWords(features, record.features) &&
         std::all_of(flags.begin(), flags.end(),
                     [&](const TextMatch& flag) { return HasFlag(flag, record.flags); });
}

std::string MatchSpec::Canonical() const { return Writer(*this).Run(); }

bool operator==(const MatchSpec& a, const MatchSpec& b) {
  return a.Canonical() == b.Canonical() && a.is_file == b.is_file &&
         (!a.is_file || TextOf(a.url) == TextOf(b.url));
}

}  // namespace accord::conda
