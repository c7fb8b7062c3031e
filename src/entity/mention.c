/* Names of entity types and genders. */
#include <quotedex/mention.h>

const char *qdx_entity_type_name(qdx_entity_type type)
{
    static const char *const names[] = {"person", "organization", "place"};
    return (unsigned)type < 3 ? names[type] : "";
}

const char *qdx_gender_name(qdx_gender gender)
{
    return gender == QDX_GENDER_MALE ? "m" : gender == QDX_GENDER_FEMALE ? "f" : "";
}
