#include "cli/conda_options.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/error.h"
#include "cli/machine.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "engine/policies.h"

namespace accord::cli {
namespace {

// "__glibc=2.28" or "__archspec=1=x86_64_v3".
absl::StatusOr<conda::VirtualPackage> ReadVirtualPackage(const std::string& text,
                                                         std::string_view place) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || !text.starts_with("__")) {
    return InvalidInput(
        place, Cat("__NAME=VERSION or __NAME=VERSION=BUILD is wanted, found ", Quoted(text)));
  }
  const size_t second = std::min(text.find('=', equals + 1), text.size());
  conda::VirtualPackage read{.name = text.substr(0, equals),
                             .version = text.substr(equals + 1, second - equals - 1),
                             .build = "0"};
  if (second < text.size()) read.build = text.substr(second + 1);
  return read;
}

using Variable = absl::FunctionRef<const char*(const std::string&)>;

std::vector<conda::VirtualPackage> PackagesOfThisMachine(Variable variable) {
  const auto asks = [&](std::string_view name) { return !conda::IsOverridden(name, variable); };
  const char* const path = std::getenv("PATH");
  const conda::Machine machine = AskMachine(
      path == nullptr ? "" : path,
      {.libc = asks("__glibc"), .cuda = asks("__cuda"), .cuda_archs = asks("__cuda_arch")});
  return conda::VirtualPackagesOf(machine, variable);
}

}  // namespace

void CondaOptions::AddTo(Options& options) {
  AddRepeated(options, "--subdir", subdirs_,
              "NAME: conda: the platform to resolve for, e.g. linux-64; noarch is there always. "
              "Default: this machine as it is; again for more")
      ->group(kTargetGroup);
  AddRepeated(
      options, "--virtual-package", virtual_packages_,
      "__NAME=VERSION[=BUILD]: conda: the target has it, e.g. __glibc=2.28; instead of what the "
      "machine has, or Accord takes for the platform; again for more")
      ->group(kTargetGroup);
  const auto word = [&](const char* name, std::string& value, const std::string& help) {
    options.Add(name, value, help)->type_name("")->group(kPoliciesGroup);
  };
  word("--channel-priority", channel_priority_,
       Cat("conda: of a name in several channels: ", Listed(conda::kChannelPriorityWords),
           " (default: the first)"));
  word("--dialect", dialect_,
       Cat("conda: whose reading of specifiers: ", Listed(conda::kDialectWords),
           " (default: the first)"));
}

absl::StatusOr<conda::Dialect> CondaOptions::dialect() const {
  if (dialect_.empty()) return conda::Dialect::kCep;
  return Choose("--dialect", dialect_, conda::kDialectWords);
}

absl::Status CondaOptions::Apply(const conda::TargetVariables& overrides,
                                 conda::ResolveRequest& request) const {
  if (!channel_priority_.empty()) {
    const auto chosen =
        Choose("--channel-priority", channel_priority_, conda::kChannelPriorityWords);
    if (!chosen.ok()) return chosen.status();
    request.channel_priority = *chosen;
  }
  const auto variable = [&](const std::string& name) -> const char* {
    const char* const value = std::getenv(name.c_str());
    const auto override_of = overrides.find(name);
    return value != nullptr || override_of == overrides.end() ? value : override_of->second.c_str();
  };
  if (!subdirs_.empty()) request.subdirs = subdirs_;
  const bool is_this_machine = request.subdirs.empty() && virtual_packages_.empty();
  if (request.subdirs.empty()) request.subdirs.emplace_back(conda::kThisSubdir);
  if (std::ranges::find(request.subdirs, "noarch") == request.subdirs.end()) {
    request.subdirs.emplace_back("noarch");
  }
  for (size_t i = 0; i < virtual_packages_.size(); ++i) {
    absl::StatusOr<conda::VirtualPackage> read =
        ReadVirtualPackage(virtual_packages_[i], Cat("--virtual-package ", i + 1));
    if (!read.ok()) return read.status();
    request.virtual_packages.push_back(*std::move(read));
  }
  if (is_this_machine) {
    request.virtual_packages = PackagesOfThisMachine(variable);
  } else if (virtual_packages_.empty()) {
    request.virtual_packages = conda::VirtualPackagesOf(request.subdirs.front(), variable);
  }
  request.target = Cat(conda::TargetText(request.subdirs, request.virtual_packages),
                       is_this_machine ? ", this machine" : "");
  return absl::OkStatus();
}

}  // namespace accord::cli
