// What files ask for and prefer, for the rooms above the engine, which do not see ecosystems:
// pypi::ReadInputFile, pypi::Prefer and their types. Nothing of its own.
#pragma once

#include "ecosystem/pypi/inputs/input_file.h"
#include "ecosystem/pypi/inputs/lock_preferences.h"
