/* The result of a query from inside: an arena and rows of one kind. */
#ifndef QDX_QUERY_RESULT_H
#define QDX_QUERY_RESULT_H

#include <quotedex/query.h>

#include "base/arena.h"
#include "query/resolve.h"

struct qdx_result {
    qdx_arena arena;
    qdx_hit *hits;
    size_t hit_count;
    qdx_index_entity *entities;
    size_t entity_count;
    qdx_mention_hit *mentions;
    size_t mention_count;
    uint64_t total, unread;
    qdx_index_entity *bearers;
    size_t bearer_count;
    bool is_suggestion;
};

qdx_result *qdx_result_new(qdx_error *error);

/* Hands the result out when all went well, frees it otherwise. Returns status. */
qdx_status qdx_result_hand_out(qdx_result *made, qdx_status status, qdx_result **result);

/* An article as outputs name it: its path, with "#" and its number where it has one. NULL without
   memory. */
const char *qdx_result_name(qdx_result *result, const char *path, uint32_t part);

/* Reports how a name was understood: each entity once, in the list's order. */
qdx_status qdx_result_set_bearers(qdx_result *result, const qdx_index *index,
                                  const qdx_bearer_list *bearers, bool suggestion,
                                  qdx_error *error);

/* Which bearers matter: those who speak, those spoken about, anybody. */
typedef enum qdx_role { QDX_ROLE_SPEAKER, QDX_ROLE_TOPIC, QDX_ROLE_ANY } qdx_role;

/*
 * Resolves a name of a query into `bearers` and, where `report`, reports them or suggestions in the
 * result. Bearers without anything to show in that role step back behind those that have.
 */
qdx_status qdx_result_resolve(qdx_result *result, const qdx_index *index, const char *name,
                              qdx_role role, bool report, qdx_bearer_list *bearers,
                              qdx_error *error);

/* True when all bearers, whatever their terms, are one entity. */
bool qdx_bearers_are_one(const qdx_bearer_list *bearers);

#include "base/banned.h"
#endif
