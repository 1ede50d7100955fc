"""
Grid: from latitude and longitude to the British National Grid, the only projection of our maps.
Takes degrees, gives metres; knows no release.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Metres = NDArray[np.float64]  # points × (easting, northing)

_A, _B = 6_377_563.396, 6_356_256.909  # Airy 1830 ellipsoid, semi-axes in metres
_F0 = 0.9996012717  # scale on the central meridian
_LATITUDE_0, _LONGITUDE_0 = np.radians(49.0), np.radians(-2.0)  # true origin
_EASTING_0, _NORTHING_0 = 400_000.0, -100_000.0
_E2 = 1 - (_B / _A) ** 2
_N = (_A - _B) / (_A + _B)


def project(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> Metres:
    """
    Transverse Mercator projection with the constants of the National Grid (EPSG:27700).
    Args:
        longitude, latitude: degrees east and north. Degrees of WGS 84 may be given as they are: leaving the change of
            datum out moves everything by about 100 m, a twentieth of a pixel on a map of the United Kingdom.
    Returns: points × (easting, northing), metres. North of the origin in Northern Ireland and the isles as well.
    Source: Ordnance Survey (2020), A guide to coordinate systems in Great Britain, annex C.

    >>> project(np.array([-2.0]), np.array([49.0])).tolist()
    [[400000.0, -100000.0]]
    """
    phi, delta = np.radians(latitude), np.radians(longitude) - _LONGITUDE_0
    sin, cos, tan2 = np.sin(phi), np.cos(phi), np.tan(phi) ** 2
    nu = _A * _F0 / np.sqrt(1 - _E2 * sin**2)
    rho = _A * _F0 * (1 - _E2) * (1 - _E2 * sin**2) ** -1.5
    eta2 = nu / rho - 1

    north_2 = nu / 2 * sin * cos
    north_4 = nu / 24 * sin * cos**3 * (5 - tan2 + 9 * eta2)
    north_6 = nu / 720 * sin * cos**5 * (61 - 58 * tan2 + tan2**2)
    east_1 = nu * cos
    east_3 = nu / 6 * cos**3 * (nu / rho - tan2)
    east_5 = nu / 120 * cos**5 * (5 - 18 * tan2 + tan2**2 + 14 * eta2 - 58 * tan2 * eta2)

    northing = _meridian(phi) + _NORTHING_0 + north_2 * delta**2 + north_4 * delta**4 + north_6 * delta**6
    easting = _EASTING_0 + east_1 * delta + east_3 * delta**3 + east_5 * delta**5
    return np.column_stack([easting, northing])


def _meridian(phi: NDArray[np.float64]) -> NDArray[np.float64]:
    """Length of the meridian from the true origin, metres, scaled."""
    minus, plus = phi - _LATITUDE_0, phi + _LATITUDE_0
    n, n2, n3 = _N, _N**2, _N**3
    length = (
        (1 + n + 5 / 4 * n2 + 5 / 4 * n3) * minus
        - (3 * n + 3 * n2 + 21 / 8 * n3) * np.sin(minus) * np.cos(plus)
        + (15 / 8 * n2 + 15 / 8 * n3) * np.sin(2 * minus) * np.cos(2 * plus)
        - 35 / 24 * n3 * np.sin(3 * minus) * np.cos(3 * plus)
    )
    return np.asarray(_B * _F0 * length)
