// Facts that come name by name: the seam between a Universe that grows and who feeds it. A name is
// said once and whole, the records of all channels at a time; then the sources have them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accord::conda {

// Of one request, on one thread at a time.
class SaidNames {
 public:
  virtual ~SaidNames() = default;

  // Nothing more will be said: what nobody spoke of does not exist.
  [[nodiscard]] virtual bool IsClosed() const = 0;
  // Nobody has spoken of the name. Never where it is closed.
  [[nodiscard]] virtual bool IsAwaited(std::string_view name) const = 0;
  // Why the name's records cannot be known; none: they are what the sources have.
  [[nodiscard]] virtual std::optional<std::string> UnknownBecause(std::string_view name) const = 0;
  // All that is awaited now: whoever is about to say Waiting tells it. Hints are awaited too, and
  // will be wanted if each package gets its newest record. Both sorted, no name twice.
  virtual void Want(std::vector<std::string> names, std::vector<std::string> hints) = 0;
};

}  // namespace accord::conda
