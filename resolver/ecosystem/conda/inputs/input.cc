#include "ecosystem/conda/inputs/input.h"

#include <algorithm>

namespace accord::conda {
namespace {

template <class T>
void Append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

void AddTo(ResolveRequest& request, const Input& input, std::span<const std::string> channels) {
  Append(request.specs, input.specs);
  Append(request.pip, input.pip);
  Append(request.notes, input.notes);
  if (!input.is_explicit) return;
  request.no_deps = true;
  request.channel_priority = ChannelPriority::kDisabled;  // strict priority would hide some
  for (const ListedFile& file : input.files) {
    request.specs.push_back({SpecOf(file, channels), file.place});
    if (file.subdir.empty() ||
        std::ranges::find(request.subdirs, file.subdir) != request.subdirs.end()) {
      continue;
    }
    request.subdirs.push_back(file.subdir);
  }
}

}  // namespace accord::conda
