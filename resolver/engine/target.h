// What a request is resolved for, for the rooms above the engine, which do not see ecosystems:
// pypi::MakeTarget, pypi::TargetOf and their types. Nothing of its own.
#pragma once

#include "ecosystem/pypi/target.h"
