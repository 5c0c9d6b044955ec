"""Outlets: a room's sound passed on to servers elsewhere, Icecast or RTMP, while the talk goes on."""
