// Policies of a request, their words and the names they are about, for the rooms above the engine,
// which do not see ecosystems. Nothing of its own.
#pragma once

#include "ecosystem/conda/policy_words.h"
#include "ecosystem/conda/time.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/policy_words.h"
#include "ecosystem/pypi/request.h"
