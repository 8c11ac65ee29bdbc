// What a request is resolved for, for the rooms above the engine, which do not see ecosystems:
// pypi::MakeTarget, conda::VirtualPackagesOf and their types. Nothing of its own.
#pragma once

#include "ecosystem/conda/target.h"
#include "ecosystem/pypi/target.h"
