/** Every venue that can be connected to: to add one see docs/HACKING.md. */
import { binanceSpot } from '../venues/binance/binance-live';
import { deribit } from '../venues/deribit/deribit-live';
import type { VenueApi } from './venue-api';

export const venueApis: readonly VenueApi[] = [binanceSpot, deribit];

export const venueApiOf = (name: string): VenueApi | undefined => venueApis.find((one) => one.name === name);
