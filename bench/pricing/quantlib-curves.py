"""Builds the dual curve of curves.ts with QuantLib's Python package: JSON in on stdin, discount factors and times out."""
import json
import sys
import time

import QuantLib as ql

request = json.load(sys.stdin)
quotes = request["quotes"]
today = ql.Date(10, 2, 2025)
ql.Settings.instance().evaluationDate = today
# Forwards over the period of the index itself, as the library has them.
ql.IborCoupon.createIndexedCoupons()
target = ql.TARGET()
simple = {name: ql.SimpleQuote(value) for name, value in quotes.items()}


def handle(name):
    return ql.QuoteHandle(simple[name])


def named(prefix):
    return [(name, ql.Period(name[len(prefix):])) for name in quotes if name.startswith(prefix)]


def build():
    estr = ql.Estr()
    overnight = [ql.DepositRateHelper(handle("D-ON"), ql.Period("1D"), 0, target, ql.Following, False, ql.Actual360())]
    for name, tenor in named("O-"):
        overnight.append(ql.OISRateHelper(2, tenor, handle(name), estr, ql.YieldTermStructureHandle(), True, 1,
                                          ql.ModifiedFollowing, ql.Annual, target))
    ois = ql.PiecewiseLogLinearDiscount(today, overnight, ql.Actual365Fixed())
    ois.enableExtrapolation()
    discount = ql.YieldTermStructureHandle(ois)
    term = [ql.DepositRateHelper(handle("F-6M"), ql.Euribor6M())]
    for name, tenor in named("S-"):
        term.append(ql.SwapRateHelper(handle(name), tenor, target, ql.Annual, ql.ModifiedFollowing,
                                      ql.Thirty360(ql.Thirty360.BondBasis), ql.Euribor6M(), ql.QuoteHandle(),
                                      ql.Period(0, ql.Days), discount))
    projection = ql.PiecewiseLogLinearDiscount(today, term, ql.Actual365Fixed())
    projection.enableExtrapolation()
    return ois, projection


def read(curve, days):
    return [curve.discount(today + day) for day in days]


def seconds(work, runs=20):
    best = 1e9
    for _ in range(runs):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


ois, projection = build()
values = {"EUR-OIS": read(ois, request["days"]["EUR-OIS"]), "EUR-6M": read(projection, request["days"]["EUR-6M"])}
whole = seconds(lambda: [curve.discount(20.0) for curve in build()])


def one():
    quote = simple["O-5Y"]
    quote.setValue(quote.value() + 1e-7)
    ois.discount(20.0), projection.discount(20.0)


print(json.dumps({"version": ql.__version__, "values": values, "build": whole, "moved": seconds(one)}))
