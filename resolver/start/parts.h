// The program is linked twice. `accord-full` has all parts. `accord` is linked statically, without
// the parts that need large libraries (threads, corpora and environments as texts, YAML, libsolv),
// so that it starts in half a millisecond; where one of those parts is asked for, it goes on as
// accord-full, with the same words. Which parts those are: handed_over.cc. Why: docs/decisions/009.
#pragma once

namespace accord::start {

// To be called first, with the words that ended with nullptr, which stay alive. May not return.
void Begin(char** words);

// To be called last, when all is written: leaves the process with this status, or returns it.
int End(int status);

}  // namespace accord::start
