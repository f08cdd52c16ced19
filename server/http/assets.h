/* assets.h - the embedded files, as they are served. */
#ifndef ASSETS_H
#define ASSETS_H

struct exchange;

void assets_answer(struct exchange *exchange);
void assets_favicon(struct exchange *exchange);
void assets_manifest(struct exchange *exchange);
void assets_worker(struct exchange *exchange);
void assets_openapi(struct exchange *exchange);

#endif
