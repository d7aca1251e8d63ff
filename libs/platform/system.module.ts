import { Global, Module } from '@nestjs/common';
import { RealSystem, System } from './system.js';

@Global()
@Module({ providers: [{ provide: System, useClass: RealSystem }], exports: [System] })
export class SystemModule {}
