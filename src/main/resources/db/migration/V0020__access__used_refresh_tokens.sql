create index refresh_token_used on refresh_token (used_at) where used_at is not null;
