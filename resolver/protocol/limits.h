// How much of everything one connection may have (docs/protocol.md, "Limits").
#pragma once

#include <cstddef>

#include "engine/conda_facts.h"
#include "engine/plain_facts.h"
#include "engine/pypi_facts.h"

namespace accord::protocol {

struct Limits {
  size_t frame_bytes = size_t{64} << 20;
  size_t requests_in_flight = 1024;
  size_t universes = 256;
  size_t solves = 1024;       // that wait for facts
  engine::PlainLimits plain;  // of one universe
  engine::PypiLimits pypi;    // likewise
  engine::CondaLimits conda;  // likewise
};

}  // namespace accord::protocol
