"""Short digests of texts, which tell whether something has changed."""

try:
    # `hashlib` would load all of OpenSSL.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


def digest(data: bytes, size: int) -> str:
    """BLAKE2b of `data`, `size` bytes of it, in hexadecimal digits."""
    return blake2b(data, digest_size=size).hexdigest()
