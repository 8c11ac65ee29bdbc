// What a file that a conda request is read from says, whatever its format. What Accord does not
// honour becomes a note; nothing is dropped in silence.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ecosystem/conda/inputs/explicit_list.h"
#include "ecosystem/conda/request.h"

namespace accord::conda {

struct Input {
  std::vector<PlacedText> specs;
  std::vector<PlacedText> pip;       // what an environment.yml leaves to pip
  std::vector<PlacedText> channels;  // of an environment.yml, the first is the best
  bool no_defaults = false;          // `nodefaults` stands among them
  bool is_explicit = false;          // the records of `files`, and no others
  std::vector<ListedFile> files;
  std::vector<InputNote> notes;
};

// Adds what the file says to a request, but for its channels. Of an explicit list: specifiers that
// mean just its files, no needs, every channel, and its subdirs. `channels`: what the open corpora
// are called, as their records say it.
void AddTo(ResolveRequest& request, const Input& input, std::span<const std::string> channels);

}  // namespace accord::conda
