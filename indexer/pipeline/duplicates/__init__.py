"""Copies of a report（镜像）: found, grouped, their differing figures shown."""
