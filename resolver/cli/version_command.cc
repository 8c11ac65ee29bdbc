#include "cli/version_command.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "cli/choice.h"
#include "cli/conda_options.h"
#include "engine/conda_versions.h"
#include "engine/policies.h"
#include "engine/versions.h"
#include "wire/documents.h"

namespace accord::cli {
namespace {

constexpr const char* kVersionFooter = R"(Examples:
  accord version parse v1.0-RC.1             the normal form, then its parts
  accord version compare 1.0rc1 1.0          less, equal or greater
  accord version match 1.5 '>=1.0,!=1.5.*'   yes or no; exit status 0 or 1
  accord version match --ecosystem conda 'numpy 1.21 py39_0' 'numpy >=1.20'   a record's words)";

using NamedPart = std::pair<std::string_view, std::string>;

// The normal form, and a line for each part that is there.
std::string PartsText(std::string_view normal, const std::vector<NamedPart>& parts) {
  std::string text = Cat(normal, "\n");
  for (const auto& [name, part] : parts) {
    if (part.empty()) continue;
    std::string label(name);
    label.resize(11, ' ');
    text += Cat("  ", label, part, "\n");
  }
  return text;
}

std::string PartsText(const engine::VersionAnswer& parsed) {
  return PartsText(parsed.normal, {{"canonical", parsed.canonical},
                                   {"epoch", parsed.epoch},
                                   {"release", parsed.release},
                                   {"pre", parsed.pre},
                                   {"post", parsed.post},
                                   {"dev", parsed.dev},
                                   {"local", parsed.local}});
}

// "1 | 2, g | 0, beta, 15"
std::string SegmentsText(const conda::VersionSegments& segments) {
  std::string text;
  for (const std::vector<std::string>& segment : segments) {
    for (const std::string& component : segment) {
      text += Cat(text.empty() ? "" : &component == segment.data() ? " | " : ", ", component);
    }
  }
  return text;
}

std::string PartsText(const engine::CondaVersionAnswer& parsed) {
  return PartsText(parsed.normal, {{"epoch", parsed.parts.epoch},
                                   {"segments", SegmentsText(parsed.parts.main)},
                                   {"local", SegmentsText(parsed.parts.local)}});
}

}  // namespace

CLI::App* VersionCommand::AddQuestion(CLI::App& command, const char* name, const char* help) {
  CLI::App* question = command.add_subcommand(name, help);
  question->add_option("--ecosystem", ecosystem_, "whose versions: pypi, conda")
      ->type_name("")
      ->capture_default_str();
  question->add_flag("--json", json_, "a JSON document");
  question->add_option("VERSION", first_, "a version, e.g. 1.0rc1")->type_name("")->required();
  return question;
}

void VersionCommand::AddTo(CLI::App& command) {
  command.require_subcommand(1);
  parse_ = AddQuestion(command, "parse", "The normal form and the parts of a version");
  compare_ = AddQuestion(command, "compare", "The order of two versions");
  compare_->add_option("OTHER", second_, "another version")->type_name("")->required();
  CLI::App* match = AddQuestion(
      command, "match", "Whether specifiers admit a version, or of conda 'NAME VERSION BUILD'");
  match->add_option("SPECIFIERS", second_, "e.g. '>=1.0,<2'")->type_name("")->required();
  match
      ->add_option("--dialect", dialect_,
                   Cat("conda: whose reading of specifiers: ", Listed(conda::kDialectWords),
                       " (default: the first)"))
      ->type_name("");
  command.footer(kVersionFooter);
}

absl::StatusOr<Reply> VersionCommand::Run() const {
  constexpr std::array<Choice<bool>, 2> kIsConda = {{{"pypi", false}, {"conda", true}}};
  const auto is_conda = Choose("--ecosystem", ecosystem_, kIsConda);
  if (!is_conda.ok()) return is_conda.status();
  if (parse_->parsed()) return Parse(*is_conda);
  return compare_->parsed() ? Compare(*is_conda) : Match(*is_conda);
}

absl::StatusOr<Reply> VersionCommand::Parse(bool is_conda) const {
  const auto told = [&](const auto& parsed) -> absl::StatusOr<Reply> {
    if (!parsed.ok()) return parsed.status();
    return Reply{.text = json_ ? wire::Write(wire::VersionDocument(first_, *parsed))
                               : PartsText(*parsed)};
  };
  return is_conda ? told(engine::ParseCondaVersion(first_)) : told(engine::ParseVersion(first_));
}

absl::StatusOr<Reply> VersionCommand::Compare(bool is_conda) const {
  const auto order = is_conda ? engine::CompareCondaVersions(first_, second_)
                              : engine::CompareVersions(first_, second_);
  if (!order.ok()) return order.status();
  return Reply{.text = json_ ? wire::Write(wire::CompareDocument(
                                   {.left = first_, .right = second_, .order = *order}))
                             : Cat(wire::OrderWord(*order), "\n")};
}

absl::StatusOr<Reply> VersionCommand::Match(bool is_conda) const {
  const absl::StatusOr<bool> matches = Matches(is_conda);
  if (!matches.ok()) return matches.status();
  const wire::Matched matched{.version = first_, .specifiers = second_, .matches = *matches};
  return Reply{.status = *matches ? ExitStatus::kSolved : ExitStatus::kUnsatisfiable,
               .text = json_ ? wire::Write(wire::MatchDocument(matched))
                             : std::string(*matches ? "yes\n" : "no\n")};
}

absl::StatusOr<bool> VersionCommand::Matches(bool is_conda) const {
  if (!is_conda) {
    if (!dialect_.empty())
      return InvalidInput("--dialect", "is for --ecosystem conda, this is pypi");
    return engine::MatchVersion(first_, second_);
  }
  conda::Dialect dialect = conda::Dialect::kCep;
  if (!dialect_.empty()) {
    const auto chosen = Choose("--dialect", dialect_, conda::kDialectWords);
    if (!chosen.ok()) return chosen.status();
    dialect = *chosen;
  }
  return engine::MatchCondaVersion(first_, second_, dialect);
}

}  // namespace accord::cli
