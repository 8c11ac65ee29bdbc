// Records as somebody says them, for facts that come name by name.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/conda_facts.h"

namespace accord::testing {

// `fields` as they stand in a record: R"("version": "1", "depends": ["lib >=2"])". Equal
// fields, equal files.
inline conda::NamedRecord Said(const std::string& name, const std::string& fields,
                               std::string channel = "main") {
  return {.channel = std::move(channel),
          .subdir = "linux-64",
          .file = Cat(name, "-1-", std::hash<std::string>()(fields), ".conda"),
          .json = Cat(R"({"name": ")", name, R"(", "subdir": "linux-64", )", fields, "}")};
}

inline engine::CondaPut Put(const std::string& name, const std::vector<std::string>& fields) {
  engine::CondaPut put{.package = name, .records = {}};
  for (const std::string& one : fields) put.records.push_back(Said(name, one));
  return put;
}

}  // namespace accord::testing
