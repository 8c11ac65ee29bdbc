// Sources and their dialects.
#include "tests/conformance/conda_dialects.h"

namespace accord::conformance {

conda::Dialect DialectOf(const Row& row) {
  if (row.source.starts_with("conda/conda@")) return conda::Dialect::kConda;
  if (row.source.starts_with("mamba-org/mamba@")) return conda::Dialect::kLibmamba;
  return conda::Dialect::kCep;
}

const conda::ChannelBase& TestChannels() {
  // The host in two pieces: no file of ours has a real one.
  static const conda::ChannelBase base = {.url =
                                              "https://conda.ana"
                                              "conda.org",
                                          .directory = "<CRATE>",
                                          .home = "<HOME>",
                                          .groups = {"defaults"}};
  return base;
}

conda::MatchSpecRules RulesOf(const Row& row) {
  return {.dialect = DialectOf(row), .channels = &TestChannels()};
}

}  // namespace accord::conformance
