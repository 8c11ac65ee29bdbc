#include "wire/conda_files.h"

#include "base/error.h"
#include "engine/link_order.h"

namespace accord::wire {
namespace {

using engine::ChosenPackage;

absl::StatusOr<std::string> AddressOf(const ChosenPackage& package) {
  if (package.files.empty()) {
    return Missing(package.name, "its record names no file, which an explicit list is made of");
  }
  const engine::ChosenFile& file = package.files.front();
  std::string address = file.url;
  if (address.empty()) {
    address = Cat(package.channel.empty() ? "" : Cat(package.channel, "/"), package.subdir, "/",
                  file.name);
  }
  if (!file.sha256.empty()) return Cat(address, "#sha256:", file.sha256);
  return file.md5.empty() ? address : Cat(address, "#", file.md5);
}

}  // namespace

absl::StatusOr<std::string> ExplicitText(const engine::Answer& answer) {
  std::string text = "@EXPLICIT\n";
  for (const size_t i : engine::LinkOrder(engine::LinkedPackages(answer.solution))) {
    const absl::StatusOr<std::string> address = AddressOf(answer.solution[i]);
    if (!address.ok()) return address.status();
    text += Cat(*address, "\n");
  }
  return text;
}

std::string EnvironmentText(const engine::Answer& answer, std::span<const std::string> channels) {
  std::string text = channels.empty() ? "" : "channels:\n";
  for (const std::string& channel : channels) text += Cat("  - ", channel, "\n");
  text += "dependencies:\n";
  for (const ChosenPackage& package : answer.solution) {
    text += Cat("  - ", package.name, "=", package.version,
                package.build.empty() ? "" : Cat("=", package.build), "\n");
  }
  return text;
}

}  // namespace accord::wire
