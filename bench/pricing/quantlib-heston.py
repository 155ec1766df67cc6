"""Compares Heston values with QuantLib's and times its engine on the same cases. Needs the QuantLib Python package.

    node dist/bench/pricing/heston.js --values | python3 bench/pricing/quantlib-heston.py
"""
import json
import sys
import time

import QuantLib as ql

today = ql.Date(15, 1, 2026)
ql.Settings.instance().evaluationDate = today
count = ql.Actual365Fixed()
zero = ql.YieldTermStructureHandle(ql.FlatForward(today, 0.0, count))
spot = ql.QuoteHandle(ql.SimpleQuote(100.0))
worst, priced, seconds = 0.0, 0, 0.0
for line in sys.stdin:
    case = json.loads(line)
    # Whole days only: the engine takes dates, so expiries of half a year are compared at their day count.
    days = round(case["expiry"] * 365)
    if abs(days / 365 - case["expiry"]) > 1e-12:
        continue
    process = ql.HestonProcess(zero, zero, spot, case["v0"], case["kappa"], case["theta"], case["sigma"], case["rho"])
    engine = ql.AnalyticHestonEngine(ql.HestonModel(process), 192)
    for strike, value in zip(case["strikes"], case["calls"]):
        option = ql.VanillaOption(ql.PlainVanillaPayoff(ql.Option.Call, strike), ql.EuropeanExercise(today + days))
        option.setPricingEngine(engine)
        start = time.perf_counter()
        theirs = option.NPV()
        seconds += time.perf_counter() - start
        worst, priced = max(worst, abs(theirs - value)), priced + 1
print(f"{priced} values, largest difference {worst:.1e}; {priced / seconds:,.0f} options/s in QuantLib {ql.__version__}")
