// What files ask for and prefer, for the rooms above the engine, which do not see ecosystems:
// pypi::ReadInputFile, pypi::Prefer, the same of conda, and their types. Nothing of its own.
#pragma once

#include "ecosystem/conda/inputs/channel_choice.h"
#include "ecosystem/conda/inputs/condarc.h"
#include "ecosystem/conda/inputs/environment_yml.h"
#include "ecosystem/conda/inputs/input_file.h"
#include "ecosystem/conda/inputs/lock_preferences.h"
#include "ecosystem/pypi/inputs/input_file.h"
#include "ecosystem/pypi/inputs/lock_preferences.h"
