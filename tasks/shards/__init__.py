"""What one worker does with one shard: Parquet files in, Parquet files out, counts back; nothing of Prefect."""
