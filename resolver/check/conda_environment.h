// What an environment that is there wants of an answer, name by name, with the words of
// ecosystem/conda/request.h. Internal to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecosystem/conda/request.h"

namespace accord::check {

// A view of the request, which outlives it. Without an environment all answers are no.
class CondaEnvironment {
 public:
  explicit CondaEnvironment(const conda::ResolveRequest& request) : request_(request) {}

  // Specifiers that must be met as the request's own must: what was asked for earlier and is not
  // asked for anew, what is to be updated, what stays in any case. `named` has the names of the
  // request's own, in lower case.
  [[nodiscard]] std::vector<conda::PlacedText> Asked(const std::vector<std::string>& named) const;

  // Names are in lower case.
  [[nodiscard]] bool Has(std::string_view name) const;
  [[nodiscard]] bool Removes(std::string_view name) const;
  // It is there as it is installed, or not at all; by a frozen environment, never not at all.
  [[nodiscard]] bool Freezes(std::string_view name) const;
  // It may be there though nothing needs it.
  [[nodiscard]] bool Keeps(std::string_view name) const;

 private:
  [[nodiscard]] bool Asks(std::string_view name) const;

  const conda::ResolveRequest& request_;
};

}  // namespace accord::check
