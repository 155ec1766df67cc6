"""Prices the cases of against-quantlib.ts with QuantLib's Python package: JSON in on stdin, JSON out on stdout."""
import json
import sys
import time

import QuantLib as ql

request = json.load(sys.stdin)
today = ql.Date(5, 1, 2026)
ql.Settings.instance().evaluationDate = today
day_count = ql.Actual365Fixed()


def process(case):
    spot = ql.QuoteHandle(ql.SimpleQuote(case["spot"]))
    dividend = ql.YieldTermStructureHandle(ql.FlatForward(today, case["dividend"], day_count))
    rate = ql.YieldTermStructureHandle(ql.FlatForward(today, case["rate"], day_count))
    volatility = ql.BlackVolTermStructureHandle(
        ql.BlackConstantVol(today, ql.NullCalendar(), case["volatility"], day_count)
    )
    return ql.BlackScholesMertonProcess(spot, dividend, rate, volatility)


def option(case, american):
    kind = ql.Option.Call if case["right"] == "call" else ql.Option.Put
    expiry = today + case["days"]
    exercise = ql.AmericanExercise(today, expiry) if american else ql.EuropeanExercise(expiry)
    return ql.VanillaOption(ql.PlainVanillaPayoff(kind, case["strike"]), exercise)


def timed(instruments, read):
    start = time.perf_counter()
    values = [read(instrument) for instrument in instruments]
    return {"values": values, "seconds": time.perf_counter() - start}


def with_greeks(o):
    return [o.NPV(), o.delta(), o.gamma(), o.vega(), o.theta(), o.rho()]


engines = {
    "european": (False, ql.AnalyticEuropeanEngine, with_greeks),
    "american": (
        True,
        lambda p: ql.QdFpAmericanEngine(p, ql.QdFpAmericanEngine.highPrecisionScheme()),
        lambda o: o.NPV(),
    ),
    "american-fast": (
        True,
        lambda p: ql.QdFpAmericanEngine(p, ql.QdFpAmericanEngine.fastScheme()),
        lambda o: o.NPV(),
    ),
}

answer = {"version": ql.__version__}
for name, (american, engine, read) in engines.items():
    made = []
    for case in request[name]:
        instrument = option(case, american)
        instrument.setPricingEngine(engine(process(case)))
        made.append(instrument)
    answer[name] = timed(made, read)


def barrier(case):
    kind = ql.Option.Call if case["right"] == "call" else ql.Option.Put
    instrument = ql.BarrierOption(
        ql.Barrier.DownOut, 70.0, 1.0, ql.PlainVanillaPayoff(kind, case["strike"]), ql.EuropeanExercise(today + case["days"])
    )
    instrument.setPricingEngine(ql.AnalyticBarrierEngine(process(case)))
    return instrument


answer["barrier"] = timed([barrier(case) for case in request["barrier"]], lambda o: o.NPV())
json.dump(answer, sys.stdout)
