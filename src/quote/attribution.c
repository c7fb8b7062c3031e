#include "quote/attribution.h"
void qdx_attribution_release(qdx_attribution *attribution)
{
    qdx_vector_release(&attribution->quotes);
}
qdx_status qdx_attribution_run(qdx_attribution *attribution, qdx_tagging *tagging,
                               qdx_error *error)
{
    (void)tagging;
    (void)error;
    qdx_vector_clear(&attribution->quotes);
    return QDX_OK;
}
