// What each key of a match specifier's brackets means.
#include "ecosystem/conda/match_spec_keys.h"

#include <algorithm>
#include <array>
#include <memory>

#include "base/error.h"
#include "ecosystem/conda/condition.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

constexpr size_t kExtraBytesMax = 64;  // CEP 44

bool IsSeparator(char c) { return c == '.' || c == '_' || c == '-'; }

struct TextKey {
  std::string_view key;
  std::optional<TextMatch> MatchSpec::*field;
};
constexpr std::array<TextKey, 6> kTextKeys = {{{"md5", &MatchSpec::md5},
                                               {"sha256", &MatchSpec::sha256},
                                               {"license", &MatchSpec::license},
                                               {"license_family", &MatchSpec::license_family},
                                               {"fn", &MatchSpec::fn},
                                               {"url", &MatchSpec::url}}};

// CEP 44: [a-z0-9_.+-]{1,64}.
bool IsExtra(std::string_view text) {
  return !text.empty() && text.size() <= kExtraBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || (c >= 'a' && c <= 'z') || IsSeparator(c) || c == '+';
         });
}

// CEP 45: ^[a-z0-9_\*]+(:[a-z0-9_\*]+)?$.
bool IsFlag(std::string_view text) {
  const auto is_word = [](std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
      return IsDigit(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '*';
    });
  };
  const size_t colon = text.find(':');
  return is_word(text.substr(0, colon)) &&
         (colon == std::string_view::npos || is_word(text.substr(colon + 1)));
}

// The words of "mkl avx" or "mkl,avx", in lower case and sorted.
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    const size_t begin = std::min(text.find_first_not_of(" \t,"), text.size());
    text.remove_prefix(begin);
    if (text.empty()) break;
    const std::string_view word = text.substr(0, text.find_first_of(" \t,"));
    words.push_back(LowerText(word));
    text.remove_prefix(word.size());
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

class KeyReader {
 public:
  KeyReader(const MatchSpecRules& rules, const ChannelBase& base, MatchSpec& spec)
      : rules_(rules),
        base_(base),
        spec_(spec),
        positional_stands_(rules.dialect == Dialect::kLibmamba) {}

  // A channel may name a subdir; the key for it decides, wherever it stands.
  absl::Status Run(const std::vector<BracketEntry>& entries) {
    const bool has_subdir = spec_.subdir.has_value();
    for (const bool channels : {true, false}) {
      for (size_t i = 0; i < entries.size(); ++i) {
        const BracketEntry& entry = entries[i];
        if ((entry.key == "channel") != channels) continue;
        for (size_t k = 0; k < i; ++k) {
          if (entries[k].key == entry.key) return Fault(entry, "expected a key once");
        }
        if (entry.key == "subdir" && positional_stands_ && has_subdir) continue;
        ACCORD_RETURN_IF_ERROR(Read(entry));
      }
    }
    return absl::OkStatus();
  }

 private:
  static absl::Status Fault(const BracketEntry& entry, std::string_view wish) {
    return InvalidInput(Cat("key ", Quoted(entry.key, 40)), wish);
  }

  absl::Status Read(const BracketEntry& entry) {
    const bool is_cep = rules_.dialect == Dialect::kCep;
    if (!is_cep && (entry.key == "optional" || entry.key == "target")) return absl::OkStatus();
    if (entry.is_bare) return Fault(entry, "expected '=' and a value");
    if (entry.key == "flags") return Flags(entry);
    if (entry.key == "extras") return Extras(entry);
    if (entry.is_list) return Fault(entry, "expected one value, found a list");
    return At(Cat("key ", Quoted(entry.key, 40)), One(entry.key, entry.values.front()));
  }

  absl::Status One(std::string_view key, const std::string& value) {
    if (key == "name") return absl::OkStatus();
    if (key == "channel") return SetChannel(value, base_, spec_);
    if (key == "subdir") return SetText(value, spec_.subdir);
    if (key == "version") return Version(value);
    if (key == "build") return Build(value);
    if (key == "build_number") return Number(value, spec_.build_number);
    if (key == "timestamp") return Number(value, spec_.timestamp);
    if (key == "when") return When(value);
    if (key == "track_features" || key == "features") {
      (key == "features" ? spec_.features : spec_.track_features) = WordsOf(value);
      return absl::OkStatus();
    }
    for (const TextKey& text : kTextKeys) {
      if (text.key != key) continue;
      return SetText(key == "url" ? WithoutCredentials(value) : value, spec_.*text.field);
    }
    return InvalidInput(
        "",
        "expected one of build, build_number, channel, extras, features, flags, fn, license, "
        "license_family, md5, name, sha256, subdir, timestamp, track_features, url, version, "
        "when");
  }

  absl::Status Version(const std::string& value) {
    auto version = VersionSpec::Parse(value, rules_.dialect);
    if (!version.ok()) return version.status();
    if (!positional_stands_ || !spec_.version) spec_.version = *std::move(version);
    return absl::OkStatus();
  }

  absl::Status Build(const std::string& value) {
    auto build = TextMatch::Parse(value, rules_.dialect);
    if (!build.ok()) return build.status();
    if (!positional_stands_ || !spec_.build) spec_.build = *std::move(build);
    return absl::OkStatus();
  }

  static absl::Status Number(const std::string& value, std::optional<BuildNumberSpec>& field) {
    auto number = BuildNumberSpec::Parse(value);
    if (!number.ok()) return number.status();
    field = *std::move(number);
    return absl::OkStatus();
  }

  absl::Status When(const std::string& value) {
    if (!rules_.allow_when) return InvalidInput("", "expected no condition within a condition");
    auto condition = Condition::Parse(value, rules_);
    if (!condition.ok()) return condition.status();
    spec_.when = std::make_shared<const Condition>(*std::move(condition));
    return absl::OkStatus();
  }

  absl::Status Flags(const BracketEntry& entry) {
    for (const std::string& value : entry.values) {
      if (!IsFlag(Strip(value))) {
        return Fault(entry, Cat("expected letters a-z, digits, '_' and '*', and one ':' at most, "
                                "found ",
                                Quoted(value, 80)));
      }
      auto flag = TextMatch::Parse(Strip(value));
      if (!flag.ok()) return flag.status();
      spec_.flags.push_back(*std::move(flag));
    }
    const auto less = [](const TextMatch& a, const TextMatch& b) {
      return a.Canonical() < b.Canonical();
    };
    std::sort(spec_.flags.begin(), spec_.flags.end(), less);
    spec_.flags.erase(std::unique(spec_.flags.begin(), spec_.flags.end()), spec_.flags.end());
    return absl::OkStatus();
  }

  absl::Status Extras(const BracketEntry& entry) {
    for (const std::string& value : entry.values) {
      const std::string_view extra = Strip(value);
      if (!IsExtra(extra)) {
        return Fault(entry, Cat("expected 1 to ", kExtraBytesMax,
                                " letters a-z, digits and _ . + -, found ", Quoted(value, 80)));
      }
      spec_.extras.emplace_back(extra);
    }
    std::sort(spec_.extras.begin(), spec_.extras.end());
    spec_.extras.erase(std::unique(spec_.extras.begin(), spec_.extras.end()), spec_.extras.end());
    return absl::OkStatus();
  }

  const MatchSpecRules& rules_;
  const ChannelBase& base_;
  MatchSpec& spec_;
  bool positional_stands_;  // over version, build and subdir
};

}  // namespace

bool IsNameText(std::string_view text) {
  if (text.starts_with("__")) text.remove_prefix(1);
  if (text.starts_with('_')) text.remove_prefix(1);
  if (text.empty() || IsSeparator(text.front())) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsSeparator(text[i]) ? IsSeparator(text[i - 1]) : !IsAlphanumeric(text[i])) return false;
  }
  return true;
}

absl::Status SetName(std::string_view text, Dialect dialect, MatchSpec& spec) {
  if (text.empty()) return InvalidInput("", "expected a name");
  const bool is_regex =
      dialect == Dialect::kCep && text.size() > 1 && text.starts_with('^') && text.ends_with('$');
  const bool is_glob =
      text.find('*') != std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
        return IsAlphanumeric(c) || IsSeparator(c) || c == '*';
      });
  if (!is_regex && !is_glob && !IsNameText(text)) {
    return InvalidInput(
        "", Cat("expected a name of letters, digits and single . _ -, found ", Quoted(text, 80)));
  }
  auto name = TextMatch::Parse(text);
  if (!name.ok()) return name.status();
  spec.name = *std::move(name);
  return absl::OkStatus();
}

absl::Status SetChannel(std::string_view text, const ChannelBase& base, MatchSpec& spec) {
  auto channel = Channel::Parse(text, base);
  if (!channel.ok()) return channel.status();
  if (!channel->subdir.empty()) {
    ACCORD_RETURN_IF_ERROR(SetText(channel->subdir, spec.subdir));
  }
  spec.channel_name = channel->Name(base);
  ACCORD_RETURN_IF_ERROR(SetText(channel->url, spec.channel_match));
  spec.channel = *std::move(channel);
  return absl::OkStatus();
}

absl::Status ReadKeys(const std::vector<BracketEntry>& entries, const MatchSpecRules& rules,
                      const ChannelBase& base, MatchSpec& spec) {
  return KeyReader(rules, base, spec).Run(entries);
}

absl::Status SetText(std::string_view text, std::optional<TextMatch>& field) {
  auto match = TextMatch::Parse(text);
  if (!match.ok()) return match.status();
  field = *std::move(match);
  return absl::OkStatus();
}

}  // namespace accord::conda
