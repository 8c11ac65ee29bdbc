// From accord to accord-full, which stands beside it.
#pragma once

namespace accord::start {

// Becomes accord-full with the words that Begin was given. Up to here nothing may have been
// written to stdout or read from stdin. Ends with status 70 if there is no accord-full.
[[noreturn]] void HandOver();

}  // namespace accord::start
