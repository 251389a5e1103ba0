global using OptiBid.Grains.Interfaces;
