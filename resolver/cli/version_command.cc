#include "cli/version_command.h"

#include <array>
#include <utility>

#include "base/error.h"
#include "cli/choice.h"
#include "engine/versions.h"
#include "wire/documents.h"

namespace accord::cli {
namespace {

constexpr const char* kVersionFooter = R"(Examples:
  accord version parse v1.0-RC.1             the normal form, then its parts
  accord version compare 1.0rc1 1.0          less, equal or greater
  accord version match 1.5 '>=1.0,!=1.5.*'   yes or no; exit status 0 or 1)";

std::string PartsText(const engine::VersionAnswer& parsed) {
  std::string text = parsed.normal + "\n";
  const std::array<std::pair<const char*, const std::string*>, 7> parts = {
      {{"canonical", &parsed.canonical},
       {"epoch", &parsed.epoch},
       {"release", &parsed.release},
       {"pre", &parsed.pre},
       {"post", &parsed.post},
       {"dev", &parsed.dev},
       {"local", &parsed.local}}};
  for (const auto& [name, part] : parts) {
    if (part->empty()) continue;
    std::string label = name;
    label.resize(11, ' ');
    text += Cat("  ", label, *part, "\n");
  }
  return text;
}

}  // namespace

CLI::App* VersionCommand::AddQuestion(CLI::App& command, const char* name, const char* help) {
  CLI::App* question = command.add_subcommand(name, help);
  question->add_option("--ecosystem", ecosystem_, "whose versions; pypi is what there is")
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
  CLI::App* match = AddQuestion(command, "match", "Whether a set of specifiers admits a version");
  match->add_option("SPECIFIERS", second_, "e.g. '>=1.0,<2'")->type_name("")->required();
  command.footer(kVersionFooter);
}

absl::StatusOr<Reply> VersionCommand::Run() const {
  constexpr std::array<Choice<bool>, 1> kEcosystems = {{{"pypi", true}}};
  const auto ecosystem = Choose("--ecosystem", ecosystem_, kEcosystems);
  if (!ecosystem.ok()) return ecosystem.status();
  if (parse_->parsed()) return Parse();
  return compare_->parsed() ? Compare() : Match();
}

absl::StatusOr<Reply> VersionCommand::Parse() const {
  const auto parsed = engine::ParseVersion(first_);
  if (!parsed.ok()) return parsed.status();
  return Reply{.text = json_ ? wire::Write(wire::VersionDocument(first_, *parsed))
                             : PartsText(*parsed)};
}

absl::StatusOr<Reply> VersionCommand::Compare() const {
  const auto order = engine::CompareVersions(first_, second_);
  if (!order.ok()) return order.status();
  return Reply{.text = json_ ? wire::Write(wire::CompareDocument(
                                   {.left = first_, .right = second_, .order = *order}))
                             : Cat(wire::OrderWord(*order), "\n")};
}

absl::StatusOr<Reply> VersionCommand::Match() const {
  const auto matches = engine::MatchVersion(first_, second_);
  if (!matches.ok()) return matches.status();
  const wire::Matched matched{.version = first_, .specifiers = second_, .matches = *matches};
  return Reply{.status = *matches ? ExitStatus::kSolved : ExitStatus::kUnsatisfiable,
               .text = json_ ? wire::Write(wire::MatchDocument(matched))
                             : std::string(*matches ? "yes\n" : "no\n")};
}

}  // namespace accord::cli
